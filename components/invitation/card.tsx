import { NOTE_HEIGHT, NOTE_WIDTH } from "@/components/guilloche/note-strokes";
import { noteSvg } from "@/components/guilloche/note-svg";
import { worthSize } from "@/components/worth-size";

export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;

/** The light theme's colours: a picture does not know the reader's. */
const colours = { paper: "#faf9f4", raised: "#fffefb", ink: "#1a1f1b", muted: "#586159", accent: "#1d6a46" } as const;

const MARGIN = 40;
/** Of the words, up to the seal. */
const WORDS_WIDTH = 640;
const WORDS_MARGIN = 100;
const worthRoom = { room: WORDS_WIDTH - WORDS_MARGIN, most: 130 };

const noteWidth = CARD_WIDTH - 2 * MARGIN;
const noteHeight = Math.round((noteWidth * NOTE_HEIGHT) / NOTE_WIDTH);

export interface CardProps {
  /** Hex digits the note is engraved from. */
  seed: string;
  title: string;
  /** What the note is worth, large. */
  worth: string;
  offer: string;
  /** The address, without its scheme. */
  link: string;
}

/** The picture that stands for a link where links are previewed: painted without a browser, so with styles of its own. */
export function Card({ seed, title, worth, offer, link }: CardProps) {
  const size = worthSize(worth, worthRoom);
  const engraving = `data:image/svg+xml;base64,${Buffer.from(noteSvg(seed, colours.accent)).toString("base64")}`;
  return (
    <div
      style={{
        width: "100%",
        height: "100%",
        display: "flex",
        flexDirection: "column",
        padding: MARGIN,
        background: colours.paper,
        color: colours.ink,
        fontFamily: "Geist",
      }}
    >
      <div
        style={{
          display: "flex",
          width: noteWidth,
          height: noteHeight,
          background: colours.raised,
          border: `1px solid ${colours.accent}`,
        }}
      >
        {/* biome-ignore lint/performance/noImgElement: not a page, a picture */}
        <img alt="" src={engraving} width={noteWidth} height={noteHeight} style={{ position: "absolute" }} />
        <div
          style={{
            display: "flex",
            flexDirection: "column",
            justifyContent: "center",
            width: WORDS_WIDTH,
            paddingLeft: WORDS_MARGIN,
          }}
        >
          <div style={{ color: colours.accent, fontSize: 34 }}>{title}</div>
          <div style={{ fontSize: size, fontWeight: 600, letterSpacing: -size / 32, lineHeight: 1.15 }}>{worth}</div>
          <div style={{ display: "flex", background: colours.raised, fontSize: 30, lineHeight: 1.3 }}>{offer}</div>
        </div>
      </div>
      <div
        style={{
          display: "flex",
          flexGrow: 1,
          alignItems: "flex-end",
          justifyContent: "space-between",
          fontSize: 28,
        }}
      >
        <div style={{ color: colours.muted }}>{link}</div>
        <div style={{ fontWeight: 600 }}>Tenspot</div>
      </div>
    </div>
  );
}
