package io.codeploy.multiquery.ssh.curve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSAUtils;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class Ed25519SignatureTest {
  private static final SessionContext NO_SESSION = null;

  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** RFC 8032, 7.1. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
        + "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
        + "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void signsAndVerifiesTheExamplesOfTheStandard(
      String seed, String publicKey, String message, String signature) throws Exception {
    byte[] text = bytes(message);

    assertEquals(signature, HexFormat.of().formatHex(sign(privateKey(bytes(seed)), text)));
    assertTrue(verifies(new Encoded(publicKey), text, bytes(signature)));
  }

  @Test
  void agreesWithTheJdkOnRandomKeysAndMessages() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    Random random = new Random(25519);
    for (int i = 0; i < 100; i++) {
      KeyPair pair = generator.generateKeyPair();
      byte[] text = new byte[random.nextInt(300)];
      random.nextBytes(text);
      Signature jdk = Signature.getInstance("Ed25519");
      jdk.initSign(pair.getPrivate());
      jdk.update(text);
      byte[] expected = jdk.sign();

      assertArrayEquals(expected, sign(pair.getPrivate(), text));
      assertTrue(verifies(pair.getPublic(), text, expected));
      assertTrue(verifies(pair.getPublic(), text, wrapped("ssh-ed25519", expected)));
      int bit = random.nextInt(512);
      expected[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(verifies(pair.getPublic(), text, expected), "bit " + bit);
    }
  }

  @Test
  void refusesAnotherMessageOrKey() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair another = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] signature = sign(pair.getPrivate(), bytes("0102"));

    assertTrue(verifies(pair.getPublic(), bytes("0102"), signature));
    assertFalse(verifies(pair.getPublic(), bytes("0103"), signature));
    assertFalse(verifies(pair.getPublic(), bytes("01"), signature));
    assertFalse(verifies(another.getPublic(), bytes("0102"), signature));
  }

  /** The same signature in other bytes would pass a check that reduces S. */
  @Test
  void refusesAnSThatIsNotTheSmallest() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] signature = sign(pair.getPrivate(), bytes("00"));
    BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));

    for (BigInteger more = s.add(ORDER); more.bitLength() <= 256; more = more.add(ORDER)) {
      assertFalse(verifies(pair.getPublic(), bytes("00"), withS(signature, more)));
    }
    assertTrue(verifies(pair.getPublic(), bytes("00"), withS(signature, s)));
    assertFalse(verifies(pair.getPublic(), bytes("00"), withS(signature, ORDER)));
  }

  /** With such a key a signature with S = 0 holds for any message, or for one in eight. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void refusesKeysOfSmallOrderAndOtherSpellings(String key) throws Exception {
    byte[] nothing = new byte[64];
    for (String point : new String[] {key, "01" + "00".repeat(31)}) {
      System.arraycopy(bytes(point), 0, nothing, 0, 32);
      for (int message = 0; message < 32; message++) {
        byte[] text = {(byte) message};
        assertFalse(verifies(new Encoded(key), text, nothing), "message " + message);
      }
    }
  }

  /** y = 2 has no x. */
  @Test
  void refusesAKeyThatIsNoPoint() throws Exception {
    assertFalse(verifies(new Encoded("02" + "00".repeat(31)), bytes("00"), new byte[64]));
  }

  @Test
  void refusesWhatIsNotFramedAsTheProtocolSays() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] signature = sign(pair.getPrivate(), bytes("00"));
    byte[] right = wrapped("ssh-ed25519", signature);

    assertTrue(verifies(pair.getPublic(), bytes("00"), right));
    for (int length = 0; length < right.length; length++) {
      assertFalse(verifies(pair.getPublic(), bytes("00"), Arrays.copyOf(right, length)));
    }
    assertFalse(verifies(pair.getPublic(), bytes("00"), Arrays.copyOf(right, right.length + 1)));
    assertFalse(verifies(pair.getPublic(), bytes("00"), wrapped("ssh-ed448", signature)));
    assertFalse(verifies(pair.getPublic(), bytes("00"), wrapped("SSH-ED25519", signature)));
    byte[] vast = right.clone();
    Arrays.fill(vast, 0, 4, (byte) 0xff);
    assertFalse(verifies(pair.getPublic(), bytes("00"), vast));
  }

  @Test
  void refusesKeysOfOtherKinds() throws Exception {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    KeyPair ed448 = KeyPairGenerator.getInstance("Ed448").generateKeyPair();

    assertThrows(GeneralSecurityException.class, () -> sign(rsa.getPrivate(), bytes("00")));
    assertThrows(GeneralSecurityException.class, () -> sign(ed448.getPrivate(), bytes("00")));
    assertThrows(
        GeneralSecurityException.class, () -> verifies(rsa.getPublic(), bytes("00"), new byte[64]));
    assertFalse(verifies(ed448.getPublic(), bytes("00"), new byte[64]));
  }

  @Test
  void isNegotiatedByTheNamesOfTheProtocol() {
    assertEquals("ssh-ed25519", Ed25519Factory.PLAIN.getName());
    assertEquals("ssh-ed25519-cert-v01@openssh.com", Ed25519Factory.CERTIFICATE.getName());
    assertNotEquals(Ed25519Factory.PLAIN.create(), Ed25519Factory.PLAIN.create());
  }

  private static byte[] sign(PrivateKey key, byte[] text) throws Exception {
    org.apache.sshd.common.signature.Signature signer = Ed25519Factory.PLAIN.create();
    signer.initSigner(NO_SESSION, key);
    signer.update(NO_SESSION, text);
    return signer.sign(NO_SESSION);
  }

  private static boolean verifies(PublicKey key, byte[] text, byte[] signature) throws Exception {
    org.apache.sshd.common.signature.Signature verifier = Ed25519Factory.PLAIN.create();
    verifier.initVerifier(NO_SESSION, key);
    verifier.update(NO_SESSION, text, 0, text.length);
    return verifier.verify(NO_SESSION, signature);
  }

  private static byte[] wrapped(String name, byte[] signature) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putString(name);
    buffer.putBytes(signature);
    return buffer.getCompactData();
  }

  private static byte[] withS(byte[] signature, BigInteger s) {
    byte[] changed = Arrays.copyOf(signature, 64);
    Arrays.fill(changed, 32, 64, (byte) 0);
    byte[] big = s.toByteArray();
    for (int i = 0; i < Math.min(32, big.length); i++) {
      changed[32 + i] = big[big.length - 1 - i];
    }
    return changed;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static PrivateKey privateKey(byte[] seed) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519").generatePrivate(EdDSAUtils.createPrivateKeySpec(seed));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** A key that nobody has looked at yet. */
  private record Encoded(String point) implements PublicKey {
    @Override
    public String getAlgorithm() {
      return "EdDSA";
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return bytes("302a300506032b6570032100" + point);
    }
  }
}
