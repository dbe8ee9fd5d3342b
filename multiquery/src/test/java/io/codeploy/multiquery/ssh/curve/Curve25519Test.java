package io.codeploy.multiquery.ssh.curve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Curve25519Test {
  private static final byte[] X509_HEAD = bytes("302a300506032b656e032100");

  /** RFC 7748, 5.2: the second point has a bit set that is to be ignored. */
  @ParameterizedTest
  @CsvSource({
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
        + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
        + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
        + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
        + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
  })
  void agreesOnTheExamplesOfTheStandard(String scalar, String point, String secret)
      throws Exception {
    Curve25519 exchange = new Half(new Drawing(bytes(scalar)));
    exchange.getE();
    exchange.setF(bytes(point));

    assertEquals(secret, HexFormat.of().formatHex(exchange.getK()));
  }

  /** Often enough for secrets that begin with a zero, which goes where the secret is a number. */
  @Test
  void agreesWithTheJdkOnRandomKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
    SecureRandom random = new SecureRandom();
    boolean shorter = false;
    for (int i = 0; i < 100 || !shorter; i++) {
      KeyPair theirs = generator.generateKeyPair();
      byte[] point = theirs.getPublic().getEncoded();
      Curve25519 exchange = Curve25519.alone(random);
      byte[] sent = exchange.getE();
      exchange.setF(Arrays.copyOfRange(point, X509_HEAD.length, point.length));

      byte[] expected = withoutLeadingZeros(jdkSecret(theirs, sent));

      assertArrayEquals(expected, exchange.getK());
      shorter |= expected.length < 32;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void refusesPointsThatLeadToZero(String point) throws Exception {
    Curve25519 exchange = Curve25519.alone(new SecureRandom());
    exchange.getE();
    exchange.setF(bytes(point));

    assertThrows(SshException.class, exchange::getK);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64})
  void refusesKeysOfAnotherLength(int length) throws Exception {
    Curve25519 exchange = Curve25519.alone(new SecureRandom());
    exchange.getE();
    byte[] point = new byte[length];
    Arrays.fill(point, (byte) 9);
    exchange.setF(point);

    assertThrows(SshException.class, exchange::getK);
  }

  @Test
  void drawsAKeyForEachExchange() throws Exception {
    byte[] one = ((Curve25519) Curve25519Factory.CURVE25519_SHA256.create()).getE();
    byte[] two = ((Curve25519) Curve25519Factory.CURVE25519_SHA256.create()).getE();

    assertEquals(32, one.length);
    assertTrue(!Arrays.equals(one, two));
  }

  private static byte[] jdkSecret(KeyPair pair, byte[] point) throws Exception {
    byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + point.length);
    System.arraycopy(point, 0, encoded, X509_HEAD.length, point.length);
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(pair.getPrivate());
    agreement.doPhase(
        KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded)), true);
    return agreement.generateSecret();
  }

  private static byte[] withoutLeadingZeros(byte[] bytes) {
    int zeros = 0;
    while (bytes[zeros] == 0) {
      zeros++;
    }
    return Arrays.copyOfRange(bytes, zeros, bytes.length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** The half of a hybrid exchange: the secret as it is. */
  private static final class Half extends Curve25519 {
    Half(SecureRandom random) {
      super(random);
    }
  }

  /** Draws the given bytes. */
  private static final class Drawing extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    Drawing(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
