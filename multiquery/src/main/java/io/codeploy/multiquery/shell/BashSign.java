package io.codeploy.multiquery.shell;

import io.codeploy.multiquery.connect.ArrayOutput;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Finds out whether a command's text is run by a bash at the other end, and not by something that
 * does its own work whatever it is asked for: a forced command. The text is made to say a word on
 * standard error, first of all; this passes on all but the word.
 *
 * <p>The text does not contain the word in one piece, for those who repeat what they were asked
 * for. Used by one thread at a time.
 */
public final class BashSign extends ArrayOutput {
  private static final String WORD = "bash";

  private final OutputStream to;
  private final Watchwords sieve;
  private final Token token;
  private volatile boolean seen;

  /**
   * For one command.
   *
   * @param to where its standard error goes
   * @param token of the word
   */
  public BashSign(OutputStream to, Token token) {
    this.to = to;
    this.token = token;
    this.sieve = new Watchwords(to).on(token.says(WORD), () -> seen = true);
  }

  /** {@code framed}, a watched command, with the word before it. */
  public String in(String framed) {
    return Frame.preceded(
        "{ test \"x${SSH_ORIGINAL_COMMAND+x}\" = x && case ${BASH_VERSION-} in "
            + WaitingShell.TOO_OLD
            + "|\"\") ;; *) printf \""
            + Token.format(WORD)
            + "\" "
            + token
            + " >&2;; esac; } || :; ",
        framed);
  }

  /** Whether the word came. */
  public boolean isSeen() {
    return seen;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (seen) {
      to.write(bytes, offset, count);
      return;
    }
    sieve.write(bytes, offset, count);
    if (seen) {
      sieve.finish();
    }
  }

  @Override
  public void flush() throws IOException {
    to.flush();
  }

  /** Nothing more comes: passes on what was kept back. What it goes to stays open. */
  @Override
  public void close() throws IOException {
    sieve.finish();
  }
}
