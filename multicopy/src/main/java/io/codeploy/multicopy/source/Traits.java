package io.codeploy.multicopy.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Whose the entries of a source are, and which of them are one file; where that is kept. */
final class Traits {
  private final Set<Detail> details;
  private final List<Owner> owners = new ArrayList<>();
  private final Map<Integer, Integer> firsts = new HashMap<>();
  private final Map<List<Object>, Integer> files = new HashMap<>();
  private final Map<Integer, Map<String, byte[]>> xattrs = new HashMap<>();
  private int count;

  Traits(Set<Detail> details) {
    this.details = details;
  }

  /** The next entry is at {@code path}. */
  void add(Path path, boolean file, boolean link) throws IOException {
    if (details.isEmpty()) {
      return;
    }
    if (details.contains(Detail.XATTRS) && !link) {
      Map<String, byte[]> some = Xattrs.of(path);
      if (!some.isEmpty()) {
        xattrs.put(count, some);
      }
    }
    count++;
    if (!Detail.identifies(details)) {
      return;
    }
    Map<String, Object> unix =
        Files.readAttributes(
            path, "unix:uid,gid,nlink,dev,ino,owner,group", LinkOption.NOFOLLOW_LINKS);
    int index = owners.size();
    owners.add(
        new Owner(
            number(unix, "uid"), name(unix, "owner"), number(unix, "gid"), name(unix, "group")));
    if (file && details.contains(Detail.LINKS) && number(unix, "nlink") > 1) {
      Integer first = files.putIfAbsent(List.of(value(unix, "dev"), value(unix, "ino")), index);
      if (first != null) {
        firsts.put(index, first);
      }
    }
  }

  private static Object value(Map<String, Object> unix, String name) {
    Object value = unix.get(name);
    if (value == null) {
      throw new IllegalStateException("no " + name);
    }
    return value;
  }

  private static int number(Map<String, Object> unix, String name) {
    return (int) value(unix, name);
  }

  private static String name(Map<String, Object> unix, String name) {
    return ((Principal) value(unix, name)).getName();
  }

  /** Whose the entry at {@code index} is. */
  Optional<Owner> owner(int index) {
    return index < owners.size() ? Optional.of(owners.get(index)) : Optional.empty();
  }

  /** The extended attributes of the entry at {@code index}. */
  Map<String, byte[]> xattrs(int index) {
    return xattrs.getOrDefault(index, Map.of());
  }

  /** The earlier entry that is the same file as the one at {@code index}. */
  OptionalInt first(int index) {
    Integer first = firsts.get(index);
    return first == null ? OptionalInt.empty() : OptionalInt.of(first);
  }
}
