using Automation.Functions.Commands;
using Automation.Functions.Worker;

return WorkerHost.IsWanted(args) ? await WorkerHost.Run(args) : await CommandLine.Run(args);
