/** SHA-256 hashes, by which rows, logins and settings are found and compared. */
package io.github.keycloaknylas.hashing;
