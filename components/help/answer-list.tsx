import type { Answer } from "./answers";

/** Questions that open to their answers, each with an address of its own. */
export function AnswerList({ answers }: { answers: readonly Answer[] }) {
  return (
    <div className="grid max-w-prose gap-1">
      {answers
        .filter(({ paragraphs, points }) => paragraphs.length + points.length > 0)
        .map(({ id, question, paragraphs, points }) => (
          <details key={id} id={id} className="border-line border-b py-2">
            <summary className="cursor-pointer pl-4 -indent-4 font-medium">{question}</summary>
            <div className="mt-2 grid gap-2 pb-1 pl-4">
              {paragraphs.map((paragraph) => (
                <p key={paragraph}>{paragraph}</p>
              ))}
              {points.length > 0 && (
                <ul className="grid list-disc gap-1 pl-5">
                  {points.map((point) => (
                    <li key={point}>{point}</li>
                  ))}
                </ul>
              )}
            </div>
          </details>
        ))}
    </div>
  );
}
