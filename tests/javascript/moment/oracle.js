// Writes what moment.js gives into the cases beside this file: `TZ=UTC node oracle.js`, in a place
// where `require("moment")` finds the npm package (2.31.0 when the cases were made).
// A case is moment called as the platform calls it, on a server in UTC.
const fs = require("fs");
const path = require("path");
const moment = require("moment");

moment.suppressDeprecationWarnings = true;
const ISO = "YYYY-MM-DD[T]HH:mm:ss.SSS[Z]";
const LONG = "YYYYYY-MM-DD[T]HH:mm:ss.SSS[Z]";

const fill = {
  formats: (group) => {
    for (const format of Object.keys(group.formats)) {
      group.formats[format] = moment(group.value).utc().format(format);
    }
  },
  values: (group) => {
    for (const one of group.cases) one.result = moment(one.value).utc().format(LONG);
  },
  differences: (group) => {
    for (const unit of Object.keys(group.units)) {
      const found = moment(group.end).diff(group.start, unit);
      group.units[unit] = Number.isNaN(found) ? "NaN" : found;
    }
  },
  shifts: (group) => {
    for (const one of group.cases) {
      const shifted = moment(group.now).utc().subtract(one.count, one.unit);
      one.result = shifted.isValid() ? shifted.toISOString() : shifted.format(ISO);
    }
  },
};

const lines = (group) => {
  const [key, cases] = Object.entries(group).pop();
  const rest = Object.entries(group).slice(0, -1).map((pair) => pair.map((x) => JSON.stringify(x)).join(": "));
  const shown = Array.isArray(cases)
    ? ["[", ...cases.map((one) => `    ${JSON.stringify(one)}`), "]"]
    : ["{", ...Object.entries(cases).map((pair) => `    ${pair.map((x) => JSON.stringify(x)).join(": ")}`), "}"];
  const body = shown.slice(1, -1).join(",\n");
  return `  {\n   ${[...rest, `${JSON.stringify(key)}: ${shown[0]}\n${body}\n   ${shown.at(-1)}`].join(",\n   ")}\n  }`;
};

for (const [name, complete] of Object.entries(fill)) {
  const file = path.join(__dirname, `${name}.json`);
  const groups = JSON.parse(fs.readFileSync(file, "utf8"));
  groups.forEach(complete);
  fs.writeFileSync(file, `[\n${groups.map(lines).join(",\n")}\n]\n`);
}
