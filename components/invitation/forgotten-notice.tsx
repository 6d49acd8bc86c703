import { Notice } from "@/components/ui/notice";

/** The answer to "that's not right". */
export function ForgottenNotice() {
  return (
    <Notice title="The link is forgotten" announce>
      An account you open now is nobody’s referral, and has its own bonus all the same. To be referred after all, follow
      a link again before you sign up.
    </Notice>
  );
}
