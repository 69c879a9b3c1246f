/**
 * A fake Nylas: the part of the Nylas v3 API that Bring Your Own Authentication uses, with its documented traps,
 * for demonstrations and tests. {@link io.github.keycloaknylas.testkit.nylas.FakeNylas} is the way in.
 */
package io.github.keycloaknylas.testkit.nylas;
