/** A message without the URL of a connection and without the password in it, however either is spelled there. */
export function maskSecrets(message: string, url: string): string {
  const secrets = [url, ...passwords(url)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
  return secrets.reduce((text, secret) => text.split(secret).join("***"), message);
}

/** The password as it is written and as it is meant; also one in the URL's parameters. By hand: a URL that does not parse has a password too. */
function passwords(url: string): readonly string[] {
  const authority = /^[a-z]+:\/\/[^/?#]*:([^/?#]*)@/i.exec(url)?.[1];
  const inner = /^[a-z]+:\/\/[^:@/]*:(.*)@/i.exec(url)?.[1];
  const parameters = [...url.matchAll(/[?&](?:password|sslpassword)=([^&#]*)/gi)].map((match) => match[1]);
  return [authority, inner, ...parameters].filter((one) => one !== undefined).flatMap((one) => [one, decoded(one)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
