package io.codeploy.multiquery.ssh.hostkey;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the known_hosts files say about one host, and the judgement on a key that it shows. A value;
 * judging does no I/O, because it happens on an I/O thread.
 *
 * @param names under which the host may be listed
 * @param revoked lines marked so that concern the host under any of its names
 * @param authorities lines of host certificate authorities
 * @param keys plain lines under the listed name
 * @param portless plain lines under the bare host name where the listed one has a port
 * @param hiding files with hashed names, which are tried when a key is there to look for: each
 *     trial is a MAC, and a file of thousands of lines is tried on hundreds of hosts
 */
public record KnownKeys(
    Names names,
    List<KnownHost> revoked,
    List<KnownHost> authorities,
    List<KnownHost> keys,
    List<KnownHost> portless,
    List<KnownHostsFile> hiding) {
  /**
   * The names of a host.
   *
   * @param listed {@code host} or {@code [host]:port}
   * @param bare without port
   */
  record Names(String listed, String bare) {}

  public KnownKeys {
    revoked = List.copyOf(revoked);
    authorities = List.copyOf(authorities);
    keys = List.copyOf(keys);
    portless = List.copyOf(portless);
    hiding = List.copyOf(hiding);
  }

  /** The judgement. */
  public sealed interface Verdict {
    record Known() implements Verdict {}

    /** Nothing is listed: the policy decides. */
    record Unknown() implements Verdict {}

    record Refused(String message) implements Verdict {}

    /** Listed keys differ from the one shown. */
    record Changed(KnownHost listed, String message) implements Verdict {}
  }

  /**
   * Judges a plain key. A host that is listed with keys of other types only has changed, too: else
   * an impostor would only have to choose a type that is not listed.
   */
  public Verdict judge(HostKey shown) {
    Optional<KnownHost> banned = line(revoked, shown);
    if (banned.isPresent()) {
      return new Verdict.Refused(
          "the host key of " + name() + " is marked as revoked in " + banned.get().place());
    }
    if (line(keys, shown).isPresent() || hides(names.listed(), shown)) {
      return new Verdict.Known();
    }
    List<KnownHost> listed = new ArrayList<>(keys);
    hiding.forEach(file -> listed.addAll(file.unhide(names.listed())));
    Optional<KnownHost> other =
        listed.stream()
            .filter(k -> k.keyType().equals(shown.type()))
            .findFirst()
            .or(() -> listed.stream().findFirst());
    return other
        .<Verdict>map(o -> new Verdict.Changed(o, changed(o, shown)))
        .orElseGet(() -> judgePortless(shown));
  }

  /** The bare name says something of a host whose port no line has. */
  private Verdict judgePortless(HostKey shown) {
    boolean known =
        line(portless, shown).isPresent()
            || (!names.listed().equals(names.bare()) && hides(names.bare(), shown));
    return known ? new Verdict.Known() : new Verdict.Unknown();
  }

  private boolean hides(String name, HostKey shown) {
    return hiding.stream().anyMatch(file -> file.hides(name, shown.base64()));
  }

  /** Whether lines are left that only a trial can tell. */
  public boolean hidesSome() {
    return !hiding.isEmpty();
  }

  /** The same with the host's lines under hashed names among the others. Tries all lines. */
  public KnownKeys unhidden() {
    if (hiding.isEmpty()) {
      return this;
    }
    List<KnownHost> all = new ArrayList<>(keys);
    List<KnownHost> allPortless = new ArrayList<>(portless);
    for (KnownHostsFile file : hiding) {
      all.addAll(file.unhide(names.listed()));
      if (!names.listed().equals(names.bare())) {
        allPortless.addAll(file.unhide(names.bare()));
      }
    }
    return new KnownKeys(names, revoked, authorities, all, allPortless, List.of());
  }

  /** The same without authorities: no certificate is asked for. */
  public KnownKeys uncertified() {
    return new KnownKeys(names, revoked, List.of(), keys, portless, hiding);
  }

  /** The name under which the host is listed. */
  public String name() {
    return names.listed();
  }

  /** Whether {@code authority} may certify the host, and neither it nor {@code key} is revoked. */
  public boolean certified(HostKey authority, HostKey key) {
    return line(authorities, authority).isPresent()
        && line(revoked, authority).isEmpty()
        && line(revoked, key).isEmpty();
  }

  /** Types of the keys that the host is known by, in the order of the files. */
  public Set<String> keyTypes() {
    return (keys.isEmpty() ? portless : keys)
        .stream().map(KnownHost::keyType).collect(Collectors.toUnmodifiableSet());
  }

  private String changed(KnownHost listed, HostKey shown) {
    return "the host key of "
        + name()
        + " has CHANGED (now "
        + shown.type()
        + " "
        + shown.fingerprint()
        + "; "
        + listed.place()
        + " has another "
        + listed.keyType()
        + "): somebody may be in between; if the change is known, run ssh-keygen -f '"
        + listed.file()
        + "' -R '"
        + name()
        + "'";
  }

  private static Optional<KnownHost> line(List<KnownHost> lines, HostKey key) {
    return lines.stream().filter(l -> l.key().equals(key.base64())).findFirst();
  }

  /** The name that known_hosts has for {@code host} at {@code port}. */
  static String nameOf(String host, int port) {
    String lower = host.toLowerCase(Locale.ROOT);
    return port == 22 ? lower : "[" + lower + "]:" + port;
  }
}
