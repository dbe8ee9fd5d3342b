/**
 * Who takes part in a deployment: {@link io.codeploy.chunkcache.member.Peer}, the {@code Roster} of
 * all of them, and {@link io.codeploy.chunkcache.member.Rendezvous}, the order over them that every
 * member computes alike, without a word to the others. Values only. Depends on {@code chunk}.
 */
@NullMarked
package io.codeploy.chunkcache.member;

import org.jspecify.annotations.NullMarked;
