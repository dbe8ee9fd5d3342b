/**
 * The HTTP caching proxy, as {@code docs/proxy.md} has it: large files of allowed origins, fetched
 * by a deployment's members for each other in ranges. The idea is CoBlitz's (Park and Pai, 2006).
 *
 * <p>Pure: {@code AllowList} and {@code Target} (who may be asked), {@code RangePlan}, {@code
 * Version} and {@code About} (what a file is and how it is cut), {@code Freshness} and {@code
 * Conditions}, {@code Owners} (who fetches what). {@code ClientRoute} answers clients, {@code
 * OwnerRoute} other members; both get ranges from {@code Ranges}, which asks {@code OwnFetches}
 * here or {@code MemberClient} elsewhere. {@link io.codeploy.chunkcache.proxy.Proxy} puts them
 * together. Depends on {@code chunk}, {@code store}, {@code http}, {@code wire}, {@code member} and
 * {@code origin}.
 */
@NullMarked
package io.codeploy.chunkcache.proxy;

import org.jspecify.annotations.NullMarked;
