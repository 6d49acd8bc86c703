import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ImageResponse } from "next/og";
import { CARD_HEIGHT, CARD_WIDTH, Card, type CardProps } from "@/components/invitation/card";

const CARDS_KEPT = 50;
const HOUR_SECONDS = 3_600;

/** Fonts of our own: a painter that lacks one would ask another site for it. */
async function readFonts() {
  const read = (file: string) => readFile(join(process.cwd(), "node_modules/geist/dist/fonts/geist-sans", file));
  const [regular, semiBold] = await Promise.all([read("Geist-Regular.ttf"), read("Geist-SemiBold.ttf")]);
  return [
    { name: "Geist", data: regular, weight: 400 as const },
    { name: "Geist", data: semiBold, weight: 600 as const },
  ];
}

let fonts: ReturnType<typeof readFonts> | null = null;
const painted = new Map<string, Promise<ArrayBuffer>>();

async function paint(card: CardProps): Promise<ArrayBuffer> {
  fonts ??= readFonts();
  const image = new ImageResponse(<Card {...card} />, {
    width: CARD_WIDTH,
    height: CARD_HEIGHT,
    fonts: await fonts,
  });
  return image.arrayBuffer();
}

/** The picture of a link. Painting one takes a moment, so the last ones are kept; it holds nothing that is private. */
export async function cardImage(card: CardProps): Promise<Response> {
  const key = JSON.stringify(card);
  const kept = painted.get(key) ?? paint(card);
  painted.delete(key);
  painted.set(key, kept);
  kept.catch(() => painted.delete(key));
  for (const oldest of painted.keys()) if (painted.size > CARDS_KEPT) painted.delete(oldest);
  return new Response(await kept, {
    headers: { "Content-Type": "image/png", "Cache-Control": `public, max-age=${HOUR_SECONDS}` },
  });
}
