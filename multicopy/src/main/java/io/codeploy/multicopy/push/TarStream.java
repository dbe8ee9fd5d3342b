package io.codeploy.multicopy.push;

import io.codeploy.multicopy.progress.Counted;
import io.codeploy.multicopy.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * A tar stream that is made as it is read: contents go from the page cache into the reader's
 * buffer, and nothing is held but one header.
 */
final class TarStream extends InputStream {
  private static final int END_BYTES = 2 * TarHeaders.BLOCK_BYTES;

  private final Iterator<Member> members;
  private final Progress progress;
  private final Deque<InputStream> parts = new ArrayDeque<>();
  private boolean ended;

  TarStream(Iterator<Member> members, Progress progress) {
    this.members = members;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Fills the buffer unless the stream ends. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int filled = 0;
    while (filled < length && (!parts.isEmpty() || advance())) {
      int n = parts.element().read(bytes, offset + filled, length - filled);
      if (n < 0) {
        parts.remove().close();
      } else {
        filled += n;
      }
    }
    progress.step();
    return filled == 0 && length > 0 ? -1 : filled;
  }

  private boolean advance() throws IOException {
    Optional<Member> next = next();
    if (next.isPresent()) {
      Member member = next.get();
      parts.add(new ByteArrayInputStream(member.bytes()));
      if (member.within().isPresent()) {
        progress.bytes((int) member.within().get().size());
        progress.file();
      }
      if (member.content().isPresent()) {
        parts.add(new Counted(new FileInput(member.content().get(), 0), progress));
        parts.add(zeros(TarHeaders.padding(member.content().get().size())));
      }
      return true;
    }
    if (ended) {
      return false;
    }
    ended = true;
    return parts.add(zeros(END_BYTES));
  }

  private Optional<Member> next() throws IOException {
    try {
      return members.hasNext() ? Optional.of(members.next()) : Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static InputStream zeros(int count) {
    return new ByteArrayInputStream(new byte[count]);
  }

  @Override
  public void close() throws IOException {
    for (InputStream part : parts) {
      part.close();
    }
  }
}
