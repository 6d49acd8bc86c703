/** How somebody who is not signed in reaches a person. */
export function WithoutSignIn({ address }: { /** Null where the operator gives none. */ address: string | null }) {
  return (
    <p className="mb-6 max-w-prose">
      Asking a person needs a sign-in, so that the question comes with what your books say.
      {address !== null && (
        <>
          {" "}
          If you cannot sign in, write to{" "}
          <a className="link wrap-anywhere" href={`mailto:${address}`}>
            {address}
          </a>
          .
        </>
      )}
    </p>
  );
}
