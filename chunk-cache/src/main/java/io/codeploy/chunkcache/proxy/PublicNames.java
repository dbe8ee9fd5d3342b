package io.codeploy.chunkcache.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Looks names up and keeps to addresses that anybody may have: whoever owns a domain could
 * otherwise have this machine ask its neighbours.
 */
final class PublicNames implements Dns {
  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> open =
        Dns.SYSTEM.lookup(host).stream().filter(PublicNames::isPublic).toList();
    if (open.isEmpty()) {
      throw new UnknownHostException(
          host + " has no public address; --proxy-allow has to name it itself");
    }
    return open;
  }

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean special =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    if (address instanceof Inet6Address) {
      // Global unicast alone, without the ways to write an IPv4 address (6to4, Teredo).
      boolean embeds = first == 0x20 && (second == 0x02 || (second == 1 && bytes[2] == 0));
      return !special && (first & 0xe0) == 0x20 && !embeds;
    }
    boolean reserved =
        first == 0
            || first >= 240
            || (first == 100 && (second & 0xc0) == 64)
            || (first == 192 && second == 0)
            || (first == 198 && (second & 0xfe) == 18);
    return !special && !reserved;
  }
}
