package io.codeploy.chunkcache.swarm.policy;

/** What an outcome says of the member that was asked, and for how long that member is let be. */
final class Quarantine {
  private final Members members;
  private final HaveMap haves;
  private final Wants wants;
  private final Jitter jitter;
  private final SlotPause pause = new SlotPause();

  Quarantine(Members members, HaveMap haves, Wants wants, Jitter jitter) {
    this.members = members;
    this.haves = haves;
    this.wants = wants;
    this.jitter = jitter;
  }

  void judge(int rank, Outcome outcome, long now) {
    PeerHealth health = members.health(rank);
    switch (outcome) {
      case Outcome.Got got -> {
        health.answered();
        if (got.bytes() > 0) {
          health.served();
          pause.took(got.nanos());
        }
      }
      case Outcome.Absent absent -> health.answered();
      case Outcome.Refused refused -> health.answered();
      case Outcome.Failed failed -> health.answered();
      case Outcome.NotYetAMember notYet -> {
        health.answered();
        members.view(rank).notYetAMember(now);
      }
      case Outcome.Busy busy -> {
        health.answered();
        health.busy(now, now + jitter.nanos(pause.after(health.refusals(), busy.retryAfter())));
      }
      case Outcome.Unreachable unreachable -> {
        health.failed(now);
        lost(rank, now);
      }
      case Outcome.Overtaken overtaken -> {}
      case Outcome.Wrong wrong -> {
        health.exclude();
        lost(rank, now);
      }
    }
  }

  /** The member answers, but what it sends does not come: nothing that it has is counted on. */
  void suspect(int rank, long now) {
    members.health(rank).suspect(now);
    haves.suspect(rank, wants::refresh);
  }

  /**
   * What the member was asked for came and was not late, nor is anything else: that alone ends a
   * suspicion.
   */
  void inTime(int rank) {
    members.health(rank).inTime();
    haves.trust(rank, wants::refresh);
  }

  private void lost(int rank, long now) {
    members.view(rank).lost(now);
    haves.forget(rank, wants::refresh);
  }
}
