/**
 * Containers of appliances: what runs inside a user's network and is not the user's machine. They share the network namespace of their
 * appliance, which is made elsewhere, and outlive the agent.
 */
@NullMarked
package io.minicloud.agent.container;

import org.jspecify.annotations.NullMarked;
