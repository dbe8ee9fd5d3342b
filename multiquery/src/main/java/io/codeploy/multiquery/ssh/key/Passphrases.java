package io.codeploy.multiquery.ssh.key;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.config.HostSettings;
import io.codeploy.multiquery.ssh.config.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for passphrases before anything is launched, so that no node's limit runs meanwhile: once
 * for each encrypted key that was asked for by name and that no agent holds; for a default key only
 * where there is no other key at all. Of such a key that is left alone since others may read it, it
 * tells.
 */
public final class Passphrases {
  private static final int TRIALS = 3;

  private final Identities identities;
  private final Person person;
  private final Set<Path> settled = new HashSet<>();
  private final Map<Path, Boolean> seemEncrypted = new HashMap<>();

  public Passphrases(Identities identities, Person person) {
    this.identities = identities;
    this.person = person;
  }

  /**
   * Whether {@link #settle} may have to ask for these; no only where it is sure. For the time when
   * the SSH library may not be used yet.
   */
  public boolean mayAsk(HostSettings.Keys keys) {
    return keys.files().stream()
        .anyMatch(file -> seemEncrypted.computeIfAbsent(file, KeyFileReader::seemsEncrypted));
  }

  /**
   * Sees to the keys for one host.
   *
   * @throws SshKeyException if a key that was asked for by name cannot be read, or does not open
   */
  public void settle(HostSettings.Keys keys, Deadline deadline)
      throws IOException, InterruptedException {
    List<Path> fresh = keys.files().stream().filter(file -> !settled.contains(file)).toList();
    if (fresh.isEmpty()) {
      return;
    }
    List<PublicKey> held = held(keys, deadline);
    boolean needed = keys.named() || (held.isEmpty() && !hasUsable(keys, deadline));
    for (Path path : fresh) {
      KeyFile file = identities.file(path, deadline);
      if (file instanceof KeyFile.Broken broken && keys.named()) {
        throw new SshKeyException(path, broken.reason());
      }
      if (file instanceof KeyFile.Encrypted encrypted
          && needed
          && Identities.find(held, encrypted.publicKey()).isEmpty()) {
        open(encrypted);
      }
      if (file instanceof KeyFile.Exposed exposed
          && needed
          && Identities.find(held, exposed.publicKey()).isEmpty()) {
        person.tell("key " + path + " " + exposed.reason());
      }
      settled.add(path);
    }
  }

  private List<PublicKey> held(HostSettings.Keys keys, Deadline deadline)
      throws InterruptedException {
    try {
      return identities.held(keys, deadline, new ArrayList<>());
    } catch (NodeFailedException e) {
      return List.of();
    }
  }

  private boolean hasUsable(HostSettings.Keys keys, Deadline deadline)
      throws IOException, InterruptedException {
    for (Path path : keys.files()) {
      if (identities.file(path, deadline) instanceof KeyFile.Usable) {
        return true;
      }
    }
    return false;
  }

  private void open(KeyFile.Encrypted file) throws IOException {
    for (int trial = 0; trial < TRIALS; trial++) {
      Optional<char[]> answer = person.secret("Passphrase for " + file.file() + ": ");
      if (answer.isEmpty()) {
        return;
      }
      Optional<KeyFile.Usable> open = KeyFileReader.open(file, String.valueOf(answer.get()));
      Arrays.fill(answer.get(), ' ');
      if (open.isPresent()) {
        identities.open(open.get());
        return;
      }
    }
    throw new SshKeyException(
        file.file(), "does not open with this passphrase; if ssh opens it, ssh-add it");
  }
}
