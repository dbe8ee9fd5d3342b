package io.codeploy.chunkcache.chunk;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides small files into packs by their content, so that a file that is inserted, changed or
 * removed changes the pack it lies in and leaves the others as they are.
 *
 * <p>A pack ends after a file whose digest, taken as a uniform number below {@link
 * CuttingRules#PACK_TARGET_BYTES}, is less than the file's size: each byte ends a pack with the
 * same probability, so that packs have the same expected length whatever the sizes of the files. A
 * pack also ends where the next file would make it longer than {@link CuttingRules#MAX_PACK_BYTES}
 * (about one in fifty); only behind such an end an insertion can move another one.
 */
public final class PackPlanner {
  private PackPlanner() {}

  /**
   * The packs of {@code members}, which keep their order: every member is in exactly one. Members
   * of the same content are best given once.
   */
  public static List<Pack> plan(List<PackMember> members) {
    List<Pack> packs = new ArrayList<>();
    int from = 0;
    int length = 0;
    for (int i = 0; i < members.size(); i++) {
      PackMember member = members.get(i);
      if (length + member.size() > CuttingRules.MAX_PACK_BYTES) {
        packs.add(new Pack(from, i, length));
        from = i;
        length = 0;
      }
      length += member.size();
      if (endsPack(member)) {
        packs.add(new Pack(from, i + 1, length));
        from = i + 1;
        length = 0;
      }
    }
    if (length > 0) {
      packs.add(new Pack(from, members.size(), length));
    }
    return List.copyOf(packs);
  }

  private static boolean endsPack(PackMember member) {
    long uniform = member.digest().word3() & (CuttingRules.PACK_TARGET_BYTES - 1);
    return uniform < member.size();
  }
}
