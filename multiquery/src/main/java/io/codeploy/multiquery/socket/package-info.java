/**
 * Unix domain sockets that any thread may wait for, without the JDK's pollers: {@link
 * io.codeploy.multiquery.socket.LocalSocket}. Depends on nothing.
 */
@NullMarked
package io.codeploy.multiquery.socket;

import org.jspecify.annotations.NullMarked;
