package io.codeploy.multicopy.push;

import io.codeploy.multicopy.progress.Counted;
import io.codeploy.multicopy.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;

/**
 * A tar stream that is made as it is read: contents go from the page cache into the reader's
 * buffer, and nothing is held but one header.
 */
final class TarStream extends PartsInput {
  private static final int END_BYTES = 2 * TarHeaders.BLOCK_BYTES;

  private final Iterator<Member> members;
  private final Progress progress;
  private boolean ended;

  TarStream(Iterator<Member> members, Progress progress) {
    this.members = members;
    this.progress = progress;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    progress.step();
    return n;
  }

  @Override
  boolean advance() throws IOException {
    Optional<Member> next = next();
    if (next.isPresent()) {
      Member member = next.get();
      add(new ByteArrayInputStream(member.bytes()));
      if (member.within().isPresent()) {
        progress.bytes((int) member.within().get().size());
        progress.file();
      }
      if (member.content().isPresent()) {
        add(new Counted(new FileInput(member.content().get(), 0), progress));
        add(zeros(TarHeaders.padding(member.content().get().size())));
      }
      return true;
    }
    if (ended) {
      return false;
    }
    ended = true;
    add(zeros(END_BYTES));
    return true;
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
}
