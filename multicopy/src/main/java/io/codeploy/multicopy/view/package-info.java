/**
 * What is shown of a run of copies: the classic frame, JSON, how far it is.
 *
 * <p>Each view is a {@link io.codeploy.multicopy.transfer.CopyListener}; {@code command} puts them
 * together. Depends on {@code transfer}, {@code relay}, {@code progress} and on multiquery.
 */
@NullMarked
package io.codeploy.multicopy.view;

import org.jspecify.annotations.NullMarked;
