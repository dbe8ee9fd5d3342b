package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.Pack;
import io.codeploy.chunkcache.chunk.PackPlanner;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which small content lies where in which pack. */
final class PackedFiles {
  /** The place of a content: its pack, and its first byte in that. */
  record Place(int pack, int offset) {}

  private final List<SmallFile> members;
  private final List<Pack> packs;
  private final Map<Digest, Place> places;

  private PackedFiles(List<SmallFile> members) {
    this.members = members;
    this.packs = PackPlanner.plan(members.stream().map(SmallFile::member).toList());
    this.places = HashMap.newHashMap(members.size());
    for (int p = 0; p < packs.size(); p++) {
      int offset = 0;
      for (SmallFile member : membersOf(packs.get(p))) {
        places.put(member.digest(), new Place(p, offset));
        offset += member.size();
      }
    }
  }

  /** Plans the packs of {@code members}, which are in the tree's order and distinct by digest. */
  static PackedFiles plan(List<SmallFile> members) {
    return new PackedFiles(members);
  }

  List<Pack> packs() {
    return packs;
  }

  Place place(Digest content) {
    Place place = places.get(content);
    if (place == null) {
      throw new IllegalStateException("in no pack: " + content);
    }
    return place;
  }

  /** Those of all packs. */
  Set<Digest> keys() {
    return packs.stream().map(this::key).collect(Collectors.toSet());
  }

  /** What names the content of {@code pack}; its bytes are in {@code scan-cache.md}. */
  Digest key(Pack pack) {
    MessageDigest sha256 = Digest.newMessageDigest();
    ByteBuffer member = ByteBuffer.allocate(Digest.BYTES + Integer.BYTES);
    for (SmallFile each : membersOf(pack)) {
      member.clear();
      each.digest().write(member);
      member.putInt(each.size());
      sha256.update(member.flip());
    }
    return Digest.fromBytes(sha256.digest());
  }

  /**
   * The plain bytes of {@code pack}, read from its files.
   *
   * @throws ChangedFileException if one of them is no longer what its digest says
   */
  byte[] read(Pack pack, ContentReader reader) throws ChangedFileException, ScanException {
    byte[] content = new byte[pack.length()];
    int offset = 0;
    for (SmallFile member : membersOf(pack)) {
      reader.readMember(member, content, offset);
      offset += member.size();
    }
    return content;
  }

  private List<SmallFile> membersOf(Pack pack) {
    return members.subList(pack.from(), pack.to());
  }
}
