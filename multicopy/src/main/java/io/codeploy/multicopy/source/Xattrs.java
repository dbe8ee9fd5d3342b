package io.codeploy.multicopy.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;
import java.util.TreeMap;

/** Extended attributes of files and directories here: those of users, without {@code user.}. */
public final class Xattrs {
  /** How tar streams call one. */
  public static final String PAX_PREFIX = "SCHILY.xattr.user.";

  private Xattrs() {}

  /** Those of what is at {@code path}; none where the file system has none. */
  static Map<String, byte[]> of(Path path) throws IOException {
    UserDefinedFileAttributeView view = view(path);
    Map<String, byte[]> all = new TreeMap<>();
    if (!mayHave(path)) {
      return all;
    }
    for (String name : view.list()) {
      ByteBuffer value = ByteBuffer.allocate(view.size(name));
      view.read(name, value);
      all.put(name, value.array());
    }
    return all;
  }

  private static boolean mayHave(Path path) {
    try {
      return Files.getFileStore(path).supportsFileAttributeView(UserDefinedFileAttributeView.class);
    } catch (IOException e) {
      return true; // Below another root no mount may be known for it.
    }
  }

  /** Gives these to what is at {@code path}. */
  public static void set(Path path, Map<String, byte[]> all) throws IOException {
    for (Map.Entry<String, byte[]> one : all.entrySet()) {
      view(path).write(one.getKey(), ByteBuffer.wrap(one.getValue()));
    }
  }

  private static UserDefinedFileAttributeView view(Path path) {
    return Files.getFileAttributeView(
        path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
