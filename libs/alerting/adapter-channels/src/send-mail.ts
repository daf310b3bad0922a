import { editionHtml, fullTextOf, linkOf, titleOf, type ChannelTarget, type Notice, type Outcome } from '@barometer/alerting';
import { SECOND } from '@barometer/kernel';

type Mail = Extract<ChannelTarget, { kind: 'email' }>;

/** Sends a notice by SMTP; `server` is the server's address with user and password. nodemailer is loaded with the first mail. */
export async function sendMail({ from, to }: Mail, server: string, notice: Notice, totalMs: number): Promise<Outcome> {
  if (!/^smtps?:\/\//.test(server))
    return { kind: 'failed', reason: 'The secret is no address of an SMTP server such as smtps://user:password@mail.example.', retry: false };
  const { createTransport } = await import('nodemailer');
  const limits = { connectionTimeout: totalMs, greetingTimeout: totalMs, socketTimeout: totalMs, dnsTimeout: totalMs };
  const transport = createTransport({ url: server, ...limits, disableFileAccess: true, disableUrlAccess: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'failed', reason: `The mail server did not answer within ${totalMs / SECOND} seconds.`, retry: true }), totalMs);
  });
  const sent = transport
    .sendMail({
      from,
      to: [...to],
      subject: titleOf(notice),
      ...contentOf(notice),
      messageId: `<${notice.id}@barometer.invalid>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    .then((): Outcome => ({ kind: 'sent' }), refusal);
  const outcome = await Promise.race([sent, late]);
  clearTimeout(timer);
  transport.close();
  return outcome;
}

/** Alerts are plain text; an edition is HTML with its plain text beside it (multipart/alternative). */
const contentOf = (notice: Notice) => ({
  text: fullTextOf(notice),
  ...(notice.edition && { html: editionHtml(notice.edition, linkOf(notice, notice.edition)) }),
});

/** A reply code of 500 or above is permanent. */
function refusal(error: { readonly responseCode?: number; readonly code?: string; readonly response?: string }): Outcome {
  const { responseCode, code, response } = error;
  if (code === 'EAUTH') return { kind: 'failed', reason: 'The mail server refuses the user or the password.', retry: false };
  if (responseCode === undefined) return { kind: 'failed', reason: `The mail server cannot be reached (${code ?? 'unknown'}).`, retry: true };
  return {
    kind: 'failed',
    reason: `The mail server refuses: ${(response ?? String(responseCode)).replace(/\s+/g, ' ').slice(0, 200)}`,
    retry: responseCode < 500,
  };
}
