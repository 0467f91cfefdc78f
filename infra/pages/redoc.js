// The server is wherever this page came from, whatever stands before its version.
fetch("openapi.json")
  .then((answer) => answer.json())
  .then((spec) => {
    spec.servers = [{ url: new URL(".", location.href).href.replace(/\/$/, "") }];
    Redoc.init(spec, { downloadUrls: [{ title: "openapi.json", url: "openapi.json" }] }, document.getElementById("redoc"));
  });
