using Automation.Functions.Commands;

return await CommandLine.Run(args);
