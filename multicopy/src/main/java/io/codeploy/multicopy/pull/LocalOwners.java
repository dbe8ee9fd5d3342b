package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Detail;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose files of a node are here. A user or group that is known here by its name is that one, any
 * other is the same number. Nobody but root gives files away; who is not root gives them to groups
 * of their own.
 */
final class LocalOwners {
  private static final Path SELF = Path.of("/proc/self");

  private final Map<Integer, UserPrincipal> users = new HashMap<>();
  private final Map<Integer, GroupPrincipal> groups = new HashMap<>();

  /** Asks {@code origin} about the owners of {@code sources}, where these are kept. */
  static Optional<LocalOwners> of(Origin origin, List<RemoteSource> sources, Set<Detail> details)
      throws IOException, InterruptedException {
    if (!details.contains(Detail.OWNER) && !details.contains(Detail.GROUP)) {
      return Optional.empty();
    }
    Set<Integer> uids = new HashSet<>();
    Set<Integer> gids = new HashSet<>();
    for (RemoteSource source : sources) {
      for (RemoteEntry entry : source.entries()) {
        entry.found().identity().ifPresent(of -> uids.add(of.uid()));
        entry.found().identity().ifPresent(of -> gids.add(of.gid()));
      }
    }
    RemoteNames names = origin.names(uids, gids);
    LocalOwners owners = new LocalOwners();
    boolean root = Files.getAttribute(SELF, "unix:uid").equals(0);
    UserPrincipalLookupService here = FileSystems.getDefault().getUserPrincipalLookupService();
    if (root && details.contains(Detail.OWNER)) {
      for (int uid : uids) {
        owners.users.put(uid, user(here, names.user(uid), uid));
      }
    }
    if (details.contains(Detail.GROUP)) {
      Set<GroupPrincipal> own = root ? Set.of() : own(here);
      for (int gid : gids) {
        GroupPrincipal group = group(here, names.group(gid), gid);
        if (root || own.contains(group)) {
          owners.groups.put(gid, group);
        }
      }
    }
    return Optional.of(owners);
  }

  /** A number that has no name is one, too. */
  private static UserPrincipal user(UserPrincipalLookupService here, String name, int uid)
      throws IOException {
    try {
      return here.lookupPrincipalByName(name);
    } catch (UserPrincipalNotFoundException e) {
      return here.lookupPrincipalByName(Integer.toString(uid));
    }
  }

  private static GroupPrincipal group(UserPrincipalLookupService here, String name, int gid)
      throws IOException {
    try {
      return here.lookupPrincipalByGroupName(name);
    } catch (UserPrincipalNotFoundException e) {
      return here.lookupPrincipalByGroupName(Integer.toString(gid));
    }
  }

  /** The groups of this process. */
  private static Set<GroupPrincipal> own(UserPrincipalLookupService here) throws IOException {
    Set<GroupPrincipal> own = new HashSet<>();
    for (String line : Files.readAllLines(SELF.resolve("status"))) {
      if (line.startsWith("Groups:") || line.startsWith("Gid:")) {
        for (String id : line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1)) {
          if (!id.isEmpty()) {
            own.add(group(here, id, Integer.parseUnsignedInt(id)));
          }
        }
      }
    }
    return own;
  }

  /** Whether what is at {@code path} is as much its owner's as it may be. */
  boolean isOf(Found wanted, Path path) throws IOException {
    PosixFileAttributes there =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return user(wanted).orElse(there.owner()).equals(there.owner())
        && group(wanted).orElse(there.group()).equals(there.group());
  }

  private Optional<UserPrincipal> user(Found wanted) {
    return wanted.identity().flatMap(of -> Optional.ofNullable(users.get(of.uid())));
  }

  private Optional<GroupPrincipal> group(Found wanted) {
    return wanted.identity().flatMap(of -> Optional.ofNullable(groups.get(of.gid())));
  }

  /** Gives what is at {@code path}, a link itself, to its owner. A file loses bits by that. */
  void give(Path path, Found wanted) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (user(wanted).isPresent()) {
      view.setOwner(user(wanted).get());
    }
    if (group(wanted).isPresent()) {
      view.setGroup(group(wanted).get());
    }
  }
}
