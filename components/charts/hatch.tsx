import type { HatchKind } from "./services";

/** A fill of engraved lines, for use as `url(#id)` inside the svg that holds it. */
export function HatchPattern({ id, kind }: { id: string; kind: HatchKind }) {
  return (
    <pattern
      id={id}
      width="5"
      height="5"
      patternUnits="userSpaceOnUse"
      patternTransform={kind === "slanted" ? "rotate(45)" : undefined}
    >
      <rect width="5" height="5" className={kind === "solid" ? "fill-accent" : "fill-accent-soft"} />
      {kind !== "solid" && <rect width="5" height={kind === "slanted" ? 2.2 : 1} className="fill-accent" />}
    </pattern>
  );
}
