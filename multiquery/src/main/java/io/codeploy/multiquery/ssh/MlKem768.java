package io.codeploy.multiquery.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KEM;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;

/**
 * ML-KEM-768 (FIPS 203) by the JDK, which has it since 24; MINA alone would ask Bouncy Castle. The
 * protocol sends keys bare, the JDK wraps them into X.509, whose head is the same for all.
 */
enum MlKem768 implements KeyEncapsulationMethod {
  INSTANCE;

  private static final String ALGORITHM = "ML-KEM-768";
  private static final int PUBLIC_KEY_BYTES = 1184;
  private static final int ENCAPSULATION_BYTES = 1088;
  private static final byte[] X509_HEAD =
      HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

  /** Whether this Java has it. */
  static boolean isSupported() {
    try {
      KeyPairGenerator.getInstance(ALGORITHM);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public Client getClient() {
    return new Decapsulating();
  }

  @Override
  public Server getServer() {
    return new Encapsulating();
  }

  private static IllegalStateException broken(GeneralSecurityException cause) {
    return new IllegalStateException("ML-KEM failed: " + cause.getMessage(), cause);
  }

  /** One key exchange of a client. */
  private static final class Decapsulating implements Client {
    private final KeyPair pair;

    Decapsulating() {
      try {
        pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw broken(e);
      }
    }

    @Override
    public void init() {
      // The pair is there from the start.
    }

    @Override
    public byte[] getPublicKey() {
      byte[] encoded = pair.getPublic().getEncoded();
      return Arrays.copyOfRange(encoded, X509_HEAD.length, encoded.length);
    }

    @Override
    public byte[] extractSecret(byte[] encapsulation) {
      try {
        KEM.Decapsulator decapsulator =
            KEM.getInstance(ALGORITHM).newDecapsulator(pair.getPrivate());
        return decapsulator.decapsulate(encapsulation).getEncoded();
      } catch (GeneralSecurityException e) {
        throw broken(e);
      }
    }

    @Override
    public int getEncapsulationLength() {
      return ENCAPSULATION_BYTES;
    }
  }

  /** One key exchange of a server. */
  private static final class Encapsulating implements Server {
    private byte[] secret = {};
    private byte[] encapsulation = {};

    @Override
    public int getPublicKeyLength() {
      return PUBLIC_KEY_BYTES;
    }

    @Override
    public byte[] init(byte[] clientKey) {
      byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + PUBLIC_KEY_BYTES);
      System.arraycopy(clientKey, 0, encoded, X509_HEAD.length, PUBLIC_KEY_BYTES);
      try {
        PublicKey key =
            KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        KEM.Encapsulated made = KEM.getInstance(ALGORITHM).newEncapsulator(key).encapsulate();
        secret = made.key().getEncoded();
        encapsulation = made.encapsulation();
      } catch (GeneralSecurityException e) {
        throw broken(e);
      }
      return Arrays.copyOfRange(clientKey, PUBLIC_KEY_BYTES, clientKey.length);
    }

    @Override
    public byte[] getSecret() {
      return secret.clone();
    }

    @Override
    public byte[] getEncapsulation() {
      return encapsulation.clone();
    }
  }
}
