/** What the fakes of Microsoft and Nylas share to serve HTTP: a server, requests and responses, and their content. */
package io.github.keycloaknylas.testkit.http;
