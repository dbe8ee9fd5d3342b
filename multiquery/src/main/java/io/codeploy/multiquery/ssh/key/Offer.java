package io.codeploy.multiquery.ssh.key;

import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.auth.pubkey.KeyPairIdentity;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.SignatureFactoriesManager;

/**
 * The keys to try on one host.
 *
 * @param heldByFiles keys of the agent whose files were named
 * @param pairs keys of files
 * @param others keys of the agent that may be tried as well
 * @param remarks on keys that could not be used, for the message when none is accepted
 */
public record Offer(
    Optional<UnixAgent> agent,
    List<AgentKey> heldByFiles,
    List<KeyPair> pairs,
    List<AgentKey> others,
    List<String> remarks) {
  public Offer {
    heldByFiles = List.copyOf(heldByFiles);
    pairs = List.copyOf(pairs);
    others = List.copyOf(others);
    remarks = List.copyOf(remarks);
  }

  boolean isEmpty() {
    return heldByFiles.isEmpty() && pairs.isEmpty() && others.isEmpty();
  }

  /** The keys as MINA tries them, none twice. */
  public List<PublicKeyIdentity> identities(
      ClientSession session, SignatureFactoriesManager signatures) {
    List<PublicKeyIdentity> identities = new ArrayList<>();
    List<PublicKey> offered = new ArrayList<>();
    ofAgent(heldByFiles, identities, offered);
    for (KeyPair pair : pairs) {
      identities.add(new KeyPairIdentity(signatures, session, pair));
      offered.add(pair.getPublic());
    }
    ofAgent(others, identities, offered);
    return identities;
  }

  private void ofAgent(
      List<AgentKey> keys, List<PublicKeyIdentity> identities, List<PublicKey> offered) {
    for (AgentKey key : keys) {
      PublicKey shown = key.shown();
      if (agent.isPresent() && offered.stream().noneMatch(o -> KeyUtils.compareKeys(o, shown))) {
        identities.add(key.by(agent.get()));
        offered.add(shown);
      }
    }
  }

  /** The key, where there is one to try and that is a bare Ed25519 key of a file. */
  public Optional<KeyPair> onlyEd25519() {
    boolean only = pairs.size() == 1 && heldByFiles.isEmpty() && others.isEmpty();
    return only
            && pairs.getFirst().getPublic() instanceof EdECPublicKey key
            && key.getParams().getName().equals(NamedParameterSpec.ED25519.getName())
        ? Optional.of(pairs.getFirst())
        : Optional.empty();
  }

  /** What was tried, and what could not be, for people. */
  public String describe() {
    int ofAgent = heldByFiles.size() + others.size();
    List<String> parts = new ArrayList<>();
    parts.add(pairs.size() + (pairs.size() == 1 ? " key" : " keys") + " from files");
    if (agent.isPresent()) {
      parts.add(ofAgent + " from ssh-agent");
    }
    String unusable = remarks.isEmpty() ? "" : "; not usable: " + String.join("; ", remarks);
    return String.join(", ", parts) + unusable;
  }
}
