import { fileOf, schemes, type Width } from "./camera";
import type { Part } from "./scenes";

const shown: Record<Width, number> = { wide: 300, narrow: 92 };

/** The README of the gallery: every picture, small, each leading to itself. */
export function contents(parts: readonly Part[]): string {
  return [
    "# Gallery",
    "",
    "Every screen in its main states, light and dark, 1280 and 390 pixels wide. Written by `npm run gallery`, which starts a",
    "demo of its own with the people of `npm start` and some more; everybody on it is made up, and nothing here is edited",
    "by hand.",
    ...parts.flatMap(({ title, who, scenes }) => [
      "",
      `## ${title}`,
      "",
      who ? `${who.name} is signed in.` : "Nobody is signed in.",
      "",
      "| screen | wide | narrow |",
      "|---|---|---|",
      ...scenes.map((scene) => `| ${scene.title} | ${thumbs(scene.name, "wide")} | ${thumbs(scene.name, "narrow")} |`),
    ]),
    "",
  ].join("\n");
}

const thumbs = (name: string, width: Width): string =>
  schemes
    .map((scheme) => {
      const file = fileOf(name, scheme, width);
      return `<a href="${file}"><img src="${file}" width="${shown[width]}" alt="${scheme}"></a>`;
    })
    .join(" ");
