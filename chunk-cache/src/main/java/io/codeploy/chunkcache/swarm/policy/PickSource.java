package io.codeploy.chunkcache.swarm.policy;

import java.util.Optional;

/** Whom to ask for a given chunk now: a holder, the origin, an owner, or nobody yet. */
final class PickSource {
  private final Wants wants;
  private final Holders holders;
  private final OwnerRule rule;
  private final OwnerRequest owners;
  private final OriginAccess origin;
  private final FirstRound round;

  PickSource(
      Wants wants,
      Holders holders,
      OwnerRule rule,
      OwnerRequest owners,
      OriginAccess origin,
      FirstRound round) {
    this.wants = wants;
    this.holders = holders;
    this.rule = rule;
    this.owners = owners;
    this.origin = origin;
    this.round = round;
  }

  /** {@code urgent}: somebody waits here for {@code chunk}. */
  Optional<Step> request(int chunk, long now, boolean urgent) {
    if (!wants.orphan(chunk)) {
      return fromHolder(chunk, now);
    }
    return switch (rule.turn(chunk, now)) {
      case OwnerRule.Turn.Mine mine -> fromOrigin(chunk, now);
      case OwnerRule.Turn.Theirs theirs -> owners.request(chunk, theirs.rank(), now, urgent);
      case OwnerRule.Turn.Nobodys nobodys -> holders.lastRequest(chunk, now);
    };
  }

  /** From the origin, if it is this member's turn. */
  Optional<Step> inTurn(int chunk, long now) {
    return switch (rule.turn(chunk, now)) {
      case OwnerRule.Turn.Mine mine -> fromOrigin(chunk, now);
      case OwnerRule.Turn.Theirs theirs -> Optional.empty();
      case OwnerRule.Turn.Nobodys nobodys -> Optional.empty();
    };
  }

  Optional<Step> fromHolder(int chunk, long now) {
    return holders.request(chunk, now);
  }

  Optional<Step> fromOrigin(int chunk, long now) {
    return round.over(now) && origin.askable(chunk, now)
        ? Optional.of(new Step.FromOrigin(chunk))
        : Optional.empty();
  }
}
