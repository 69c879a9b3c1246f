/**
 * What a user's attributes say of mailboxes, which are written, and the user event about a changed status.
 */
package io.github.keycloaknylas.attributes;
