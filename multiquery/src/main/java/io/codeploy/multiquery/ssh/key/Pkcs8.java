package io.codeploy.multiquery.ssh.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Takes the passphrase off a PKCS#8 file by the JDK's PBES2; MINA has Bouncy Castle do it. */
final class Pkcs8 {
  static final String BEGIN_ENCRYPTED = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
  private static final String END_ENCRYPTED = "-----END ENCRYPTED PRIVATE KEY-----";
  private static final String PBES2 = "1.2.840.113549.1.5.13";

  private Pkcs8() {}

  /** The same key as an unencrypted PEM file. */
  static byte[] decrypt(String text, String passphrase)
      throws IOException, GeneralSecurityException {
    int end = text.indexOf(END_ENCRYPTED);
    int begin = text.indexOf(BEGIN_ENCRYPTED) + BEGIN_ENCRYPTED.length();
    if (end < begin) {
      throw new IOException("the end of the key is missing");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(text.substring(begin, end));
    Optional<ScryptEnvelope> scrypt = ScryptEnvelope.parse(encoded);
    byte[] plain = scrypt.isPresent() ? scrypt.get().open(passphrase) : opened(encoded, passphrase);
    String base64 = Base64.getMimeEncoder().encodeToString(plain);
    return ("-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] opened(byte[] encoded, String passphrase)
      throws IOException, GeneralSecurityException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
    // Of PBES2 the JDK names the real algorithm only in the text of its parameters.
    boolean named = !info.getAlgName().equals("PBES2") && !info.getAlgName().equals(PBES2);
    String algorithm = named ? info.getAlgName() : info.getAlgParameters().toString();
    SecretKey key =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(passphrase.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
    return info.getKeySpec(cipher).getEncoded();
  }
}
