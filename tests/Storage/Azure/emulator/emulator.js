// Azurite as it is, with two things the tests need: a clock they can move (a number of milliseconds on standard input moves it
// ahead), and an end: it stops when standard input closes, that is, whenever and however the tests end.
const [, , azurite] = process.argv;
const RealDate = Date;
let ahead = 0;

class MovedDate extends RealDate {
  constructor(...parts) {
    if (parts.length > 0) super(...parts);
    else super(RealDate.now() + ahead);
  }
  static now() { return RealDate.now() + ahead; }
  static [Symbol.hasInstance](value) { return value instanceof RealDate; }
}
global.Date = MovedDate;

require("readline").createInterface({ input: process.stdin })
  .on("line", milliseconds => { ahead += Number(milliseconds); console.log(`clock ${ahead}`); })
  .on("close", () => process.exit(0));

process.argv = [process.argv[0], azurite, "--inMemoryPersistence", "--silent", "--disableTelemetry",
  "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"];
require(require("path").join(azurite, "dist", "src", "azurite.js"));
