COPY users TO '/tmp/preflight-written';
