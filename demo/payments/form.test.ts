import { expect, test } from "vitest";
import { readForm } from "./form";

test("brackets unfold into objects and lists", () => {
  expect(
    readForm("mode=payment&line_items[0][price_data][currency]=usd&line_items[0][quantity]=1&metadata[a]=b"),
  ).toEqual({
    mode: "payment",
    line_items: [{ price_data: { currency: "usd" }, quantity: "1" }],
    metadata: { a: "b" },
  });
});

test("a list may be numbered or not, escaped or not", () => {
  expect(readForm("expand[0]=latest_charge&expand[1]=customer")).toEqual({ expand: ["latest_charge", "customer"] });
  expect(readForm("?expand%5B%5D=latest_charge&expand%5B%5D=customer")).toEqual({
    expand: ["latest_charge", "customer"],
  });
});

test("names that objects have anyway are ordinary names", () => {
  const form = readForm("__proto__[polluted]=yes&constructor=x");
  expect(Object.hasOwn(form, "__proto__")).toBe(true);
  expect("polluted" in {}).toBe(false);
});
