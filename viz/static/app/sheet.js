// The check sheet names its whole address, which the server does not know.
(function () {
  "use strict";
  const place = document.getElementById("address");
  if (place && location.protocol !== "file:") place.textContent = decodeURI(zeren.permalink());
})();
