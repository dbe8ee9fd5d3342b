package io.codeploy.multiquery.ssh.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.util.io.der.ASN1Object;
import org.apache.sshd.common.util.io.der.DERParser;

/**
 * What PKCS#8 wraps around a key whose passphrase goes through scrypt, as {@code openssl pkcs8
 * -scrypt} does: PBES2 of RFC 8018 with the parameters of RFC 7914, section 7, and AES in CBC mode.
 */
final class ScryptEnvelope {
  private static final List<Integer> SCRYPT = List.of(1, 3, 6, 1, 4, 1, 11591, 4, 11);

  /** The last number of the name of AES-CBC below NIST's arc, and the length of its key. */
  private static final Map<Integer, Integer> AES_CBC = Map.of(2, 16, 22, 24, 42, 32);

  private static final List<Integer> NIST_AES = List.of(2, 16, 840, 1, 101, 3, 4, 1);

  private final Scrypt scrypt;
  private final byte[] salt;
  private final int keyBytes;
  private final byte[] initialVector;
  private final byte[] content;

  private ScryptEnvelope(
      Scrypt scrypt, byte[] salt, int keyBytes, byte[] initialVector, byte[] content) {
    this.scrypt = scrypt;
    this.salt = salt;
    this.keyBytes = keyBytes;
    this.initialVector = initialVector;
    this.content = content;
  }

  /** Empty for a key that is wrapped in another way. */
  static Optional<ScryptEnvelope> parse(byte[] encoded) throws IOException {
    DERParser outer = inside(new DERParser(encoded));
    DERParser algorithm = inside(outer);
    algorithm.readObject();
    DERParser scheme = inside(algorithm);
    ASN1Object derivation = scheme.readObject();
    if (!derivation.isConstructed()) {
      return Optional.empty();
    }
    DERParser function = derivation.createParser();
    if (!function.readObject().asOID().equals(SCRYPT)) {
      return Optional.empty();
    }
    DERParser parameters = inside(function);
    byte[] salt = parameters.readObject().getPureValueBytes();
    Scrypt scrypt = new Scrypt(number(parameters), number(parameters), number(parameters));
    DERParser cipher = inside(scheme);
    int keyBytes = keyBytes(cipher.readObject().asOID());
    byte[] initialVector = cipher.readObject().getPureValueBytes();
    byte[] content = outer.readObject().getPureValueBytes();
    return Optional.of(new ScryptEnvelope(scrypt, salt, keyBytes, initialVector, content));
  }

  private static DERParser inside(DERParser parser) throws IOException {
    return parser.readObject().createParser();
  }

  private static int number(DERParser parser) throws IOException {
    return parser.readBigInteger().intValueExact();
  }

  private static int keyBytes(List<Integer> cipher) throws IOException {
    int last = cipher.size() - 1;
    Integer bytes = AES_CBC.get(cipher.get(last));
    if (bytes == null || !cipher.subList(0, last).equals(NIST_AES)) {
      throw new IOException("an unknown cipher");
    }
    return bytes;
  }

  /** What is wrapped; something else or an exception for another passphrase. */
  byte[] open(String passphrase) throws GeneralSecurityException {
    byte[] password = passphrase.getBytes(StandardCharsets.UTF_8);
    SecretKeySpec key = new SecretKeySpec(scrypt.derive(password, salt, keyBytes), "AES");
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(initialVector));
    return cipher.doFinal(content);
  }
}
