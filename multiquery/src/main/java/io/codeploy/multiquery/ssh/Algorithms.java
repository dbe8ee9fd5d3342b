package io.codeploy.multiquery.ssh;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.cipher.GcmFactory;
import io.codeploy.multiquery.ssh.config.AlgorithmList;
import io.codeploy.multiquery.ssh.config.HostSettings;
import io.codeploy.multiquery.ssh.config.UnsupportedDirectiveException;
import io.codeploy.multiquery.ssh.curve.Curve25519Factory;
import io.codeploy.multiquery.ssh.curve.Ed25519Factory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/**
 * What is negotiated, best first. After the key exchange that a quantum computer does not break the
 * order is by measured cost: curve25519 is the cheapest key exchange here, AES-GCM the cheapest
 * cipher, which processors have in hardware; MINA's own first choice, ChaCha20, costs twice as
 * much. Nothing with SHA-1 signatures, DSA or CBC.
 */
final class Algorithms {
  private static final List<NamedFactory<Signature>> PLAIN =
      List.of(
          Ed25519Factory.PLAIN,
          BuiltinSignatures.nistp256,
          BuiltinSignatures.nistp384,
          BuiltinSignatures.nistp521,
          BuiltinSignatures.rsaSHA512,
          BuiltinSignatures.rsaSHA256);
  private static final List<NamedFactory<Signature>> CERTIFICATES =
      List.of(
          Ed25519Factory.CERTIFICATE,
          BuiltinSignatures.nistp256_cert,
          BuiltinSignatures.nistp384_cert,
          BuiltinSignatures.nistp521_cert,
          BuiltinSignatures.rsaSHA512_cert,
          BuiltinSignatures.rsaSHA256_cert);

  /** Those that are ours, and those that MINA has only with all of Bouncy Castle. */
  private static final EnumSet<BuiltinDHFactories> NOT_MINAS =
      EnumSet.of(
          BuiltinDHFactories.curve25519,
          BuiltinDHFactories.curve25519_libssh,
          BuiltinDHFactories.mlkem768x25519,
          BuiltinDHFactories.mlkem768nistp256,
          BuiltinDHFactories.mlkem1024nistp384,
          BuiltinDHFactories.sntrup761x25519,
          BuiltinDHFactories.sntrup761x25519_openssh);

  private static final List<KeyExchangeFactory> KEY_EXCHANGES =
      List.copyOf(
          NamedFactory.setUpTransformedFactories(
              true,
              List.of(
                  PostQuantum.MLKEM768_X25519,
                  Curve25519Factory.CURVE25519_SHA256,
                  Curve25519Factory.CURVE25519_SHA256_LIBSSH,
                  BuiltinDHFactories.ecdhp256,
                  BuiltinDHFactories.ecdhp384,
                  BuiltinDHFactories.ecdhp521,
                  BuiltinDHFactories.dhgex256,
                  BuiltinDHFactories.dhg16_512,
                  BuiltinDHFactories.dhg14_256),
              ClientBuilder.DH2KEX));

  private static final List<NamedFactory<Cipher>> CIPHERS =
      List.of(
          GcmFactory.AES128,
          GcmFactory.AES256,
          BuiltinCiphers.aes128ctr,
          BuiltinCiphers.aes192ctr,
          BuiltinCiphers.aes256ctr,
          BuiltinCiphers.cc20p1305_openssh);
  private static final List<NamedFactory<Mac>> MACS =
      List.of(
          BuiltinMacs.hmacsha256etm,
          BuiltinMacs.hmacsha512etm,
          BuiltinMacs.hmacsha256,
          BuiltinMacs.hmacsha512);

  /** Signatures of user keys, also by an agent for keys that Java cannot sign with. */
  private static final List<NamedFactory<Signature>> OF_USERS =
      Stream.of(
              PLAIN,
              CERTIFICATES,
              List.of(BuiltinSignatures.sk_ssh_ed25519, BuiltinSignatures.sk_ecdsa_sha2_nistp256))
          .<NamedFactory<Signature>>flatMap(List::stream)
          .toList();

  private Algorithms() {}

  /** What is offered to one host, once ssh_config has had its say. */
  record Offered(
      List<KeyExchangeFactory> keyExchanges,
      List<NamedFactory<Cipher>> ciphers,
      List<NamedFactory<Mac>> macs,
      List<NamedFactory<Signature>> hostKeys,
      List<NamedFactory<Signature>> publicKeys) {}

  /**
   * What to offer.
   *
   * @param knownTypes types of the host's keys in known_hosts; they come first, so that a host with
   *     many keys shows the one that can be checked
   * @param certificates whether an authority is known that could have certified the host
   */
  static Offered offered(
      HostSettings.Algorithms wanted, Set<String> knownTypes, boolean certificates)
      throws NodeFailedException {
    try {
      List<KeyExchangeFactory> exchanges =
          choose(wanted.keyExchanges(), keyExchanges(), Algorithms::allKeyExchanges);
      List<KeyExchangeFactory> certifying = certificates ? certifying(exchanges) : List.of();
      boolean certified = !certifying.isEmpty();
      return new Offered(
          certified ? certifying : exchanges,
          choose(wanted.ciphers(), ciphers(), Algorithms::allCiphers),
          choose(wanted.macs(), macs(), () -> List.copyOf(BuiltinMacs.VALUES)),
          choose(wanted.hostKeys(), ofHosts(knownTypes, certified), Algorithms::allSignatures),
          choose(wanted.publicKeys(), OF_USERS, Algorithms::allSignatures));
    } catch (UnsupportedDirectiveException e) {
      throw new NodeFailedException(new NodeFailure.Unreachable(Causes.text(e)), e);
    }
  }

  /** Without MINA's exchange of a group, which hands certificates on unread. */
  private static List<KeyExchangeFactory> certifying(List<KeyExchangeFactory> exchanges) {
    return exchanges.stream()
        .filter(exchange -> !exchange.getName().startsWith("diffie-hellman-group-exchange-"))
        .toList();
  }

  private static <F extends NamedResource> List<F> choose(
      Optional<AlgorithmList> wanted, List<F> defaults, Supplier<List<? extends F>> all)
      throws UnsupportedDirectiveException {
    if (wanted.isEmpty()) {
      return defaults;
    }
    List<F> supported = new ArrayList<>();
    for (F factory : all.get()) {
      if (!(factory instanceof OptionalFeature optional) || optional.isSupported()) {
        supported.add(factory);
      }
    }
    return wanted.get().choose(defaults, supported, NamedResource::getName);
  }

  static List<NamedFactory<Signature>> allSignatures() {
    List<NamedFactory<Signature>> all = new ArrayList<>(List.of(Ed25519Factory.values()));
    all.addAll(
        EnumSet.complementOf(
            EnumSet.of(BuiltinSignatures.ed25519, BuiltinSignatures.ed25519_cert)));
    return all;
  }

  static List<KeyExchangeFactory> allKeyExchanges() {
    List<DHFactory> all = new ArrayList<>(List.of(PostQuantum.MLKEM768_X25519));
    all.addAll(List.of(Curve25519Factory.values()));
    all.addAll(EnumSet.complementOf(NOT_MINAS));
    return NamedFactory.setUpTransformedFactories(true, all, ClientBuilder.DH2KEX);
  }

  static List<KeyExchangeFactory> keyExchanges() {
    return KEY_EXCHANGES;
  }

  static List<NamedFactory<Cipher>> allCiphers() {
    List<NamedFactory<Cipher>> all = new ArrayList<>(List.of(GcmFactory.values()));
    all.addAll(
        EnumSet.complementOf(EnumSet.of(BuiltinCiphers.aes128gcm, BuiltinCiphers.aes256gcm)));
    return all;
  }

  static List<NamedFactory<Cipher>> ciphers() {
    return CIPHERS;
  }

  static List<NamedFactory<Mac>> macs() {
    return MACS;
  }

  /**
   * Signatures of host keys: types that known_hosts has come first, so that a host with many keys
   * shows the one that can be checked. Certificates are asked for only where an authority is known.
   */
  static List<NamedFactory<Signature>> ofHosts(Set<String> knownTypes, boolean certificates) {
    List<NamedFactory<Signature>> ordered = new ArrayList<>();
    if (certificates) {
      ordered.addAll(CERTIFICATES);
    }
    if (knownTypes.isEmpty()) {
      ordered.addAll(PLAIN);
      return ordered;
    }
    PLAIN.stream().filter(s -> knownTypes.contains(keyType(s))).forEach(ordered::add);
    PLAIN.stream().filter(s -> !knownTypes.contains(keyType(s))).forEach(ordered::add);
    return ordered;
  }

  private static String keyType(NamedFactory<Signature> signature) {
    return KeyUtils.getCanonicalKeyType(signature.getName());
  }
}
