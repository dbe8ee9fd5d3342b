package io.codeploy.multiquery.connect;

import java.io.IOException;
import java.nio.file.FileSystem;

/**
 * The file system of a node. {@code java.nio.file.Files} works on the paths of {@link #fileSystem};
 * relative ones start at the login directory.
 */
public interface RemoteFiles extends AutoCloseable {
  /** An SFTP file system; closed with this. */
  FileSystem fileSystem();

  @Override
  void close() throws IOException;
}
