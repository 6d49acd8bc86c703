import type { Call } from "./call";

interface CallIndexProps {
  groups: readonly { name: string; calls: readonly Pick<Call, "anchor" | "method" | "path" | "summary">[] }[];
}

/** Every call on one screen, each leading to its place. */
export function CallIndex({ groups }: CallIndexProps) {
  return (
    <nav aria-label="Calls" className="gap-x-10 text-sm sm:columns-2 lg:columns-3">
      {groups.map(({ name, calls }) => (
        <div key={name} className="mb-5 break-inside-avoid">
          <p className="mb-1 font-semibold">{name}</p>
          <ul className="grid gap-0.5">
            {calls.map(({ anchor, summary }) => (
              <li key={anchor}>
                <a href={`#${anchor}`} className="link inline-block py-0.5">
                  {summary}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
