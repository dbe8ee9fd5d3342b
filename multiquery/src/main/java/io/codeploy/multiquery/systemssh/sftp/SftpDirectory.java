package io.codeploy.multiquery.systemssh.sftp;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The entries of a directory that has been read already. */
record SftpDirectory(List<Path> entries, DirectoryStream.Filter<? super Path> filter)
    implements DirectoryStream<Path> {
  @Override
  public Iterator<Path> iterator() {
    return entries.stream().filter(this::accepts).iterator();
  }

  private boolean accepts(Path entry) {
    try {
      return filter.accept(entry);
    } catch (IOException e) {
      throw new DirectoryIteratorException(e);
    }
  }

  @Override
  public void close() {}
}
