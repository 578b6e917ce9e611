/** The cloud API of AWS Organizations: accounts. */
@NullMarked
package io.minicloud.api.organizations;

import org.jspecify.annotations.NullMarked;
