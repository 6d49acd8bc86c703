import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("what a spreadsheet would run is written as text", () => {
  expect(csvLine(["=1+1", "+2", "-3+1", "@x", "\tx", "plain"])).toBe(
    '"\'=1+1","\'+2","\'-3+1","\'@x","\'\tx",plain\r\n',
  );
});

test("a number stays one, below zero too", () => {
  expect(csvLine(["-2", "-0.000000001", "38", "-"])).toBe('-2,-0.000000001,38,"\'-"\r\n');
});

test("quotes, commas and ends of lines stay within their value", () => {
  expect(csvLine(['a "b"', "c,d", "e\nf"])).toBe('"a ""b""","c,d","e\nf"\r\n');
});
