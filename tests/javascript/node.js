// Answers cases as JavaScript does: `node node.js < cases.json > answers.json`. A case is a list of an
// operation and its operands, an answer is a text; null stands for what JavaScript refuses.
const fs = require("fs");

const operations = {
  json: (text) => JSON.stringify(JSON.parse(text)),
  indented: (text) => JSON.stringify(JSON.parse(text), null, 2),
  string: (text) => String(JSON.parse(text)),
  number: (text) => String(Number(text)),
  float: (text) => String(parseFloat(text)),
  // What JSON can't have is nothing here.
  integer: (text) => (Number.isFinite(parseInt(text)) ? String(parseInt(text)) : "NaN"),
  fixed: (text, decimals) => Number(text).toFixed(decimals),
  equal: (left, right) => String(JSON.parse(left) == JSON.parse(right)),
  length: (text) => String(text.length),
  units: (text) => JSON.stringify(text.split("")),
  substring: (text, start, end) => JSON.stringify(text.substring(start, end)),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  "+": (left, right) => String(Number(left) + Number(right)),
  "-": (left, right) => String(Number(left) - Number(right)),
  "*": (left, right) => String(Number(left) * Number(right)),
  "/": (left, right) => String(Number(left) / Number(right)),
  "%": (left, right) => String(Number(left) % Number(right)),
};

const answer = ([name, ...operands]) => {
  try {
    return operations[name](...operands);
  } catch (error) {
    return null;
  }
};

// In ASCII, as half of a surrogate pair can't be written as UTF-8.
const ascii = (text) =>
  text.replace(/[^\x00-\x7f]/g, (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
const cases = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(ascii(JSON.stringify(cases.map(answer))));
