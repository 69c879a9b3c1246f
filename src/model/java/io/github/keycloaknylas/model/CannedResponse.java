package io.github.keycloaknylas.model;

import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.message.BasicHttpResponse;

/** An answer that comes from memory. */
final class CannedResponse extends BasicHttpResponse implements CloseableHttpResponse {

    CannedResponse(int status, String body) {
        super(HttpVersion.HTTP_1_1, status, "-");
        setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    }

    CannedResponse with(String header, String value) {
        setHeader(header, value);
        return this;
    }

    static CannedResponse error(int status, String type, String message) {
        return new CannedResponse(
                status, "{\"request_id\":\"r\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"}}");
    }

    @Override
    public void close() {}
}
