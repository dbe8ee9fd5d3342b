/**
 * Stage, verify, switch: makes the disk what a plan says.
 *
 * <p>{@link io.codeploy.agent.apply.Application} is the way in. It has the content of files written
 * into a private {@code Stage} below the remote directory as it arrives ({@code StagedFiles}, by
 * many threads; {@code LeftOver} takes what a killed deployment had written), verifies each file
 * against its digest, and then {@code Switch} renames file by file, on one thread. Every access
 * below the remote directory goes through a {@code Folder}, which is opened component by component
 * without following a link. Depends on {@code control}, {@code plan} and the manifest; where chunks
 * come from is the caller's {@link io.codeploy.agent.apply.Content}.
 */
@NullMarked
package io.codeploy.agent.apply;

import org.jspecify.annotations.NullMarked;
