(function () {
  "use strict";
  var tip = document.getElementById("tip");
  document.querySelectorAll(".m[title]").forEach(function (mark) {
    mark.dataset.tip = mark.title;
    mark.removeAttribute("title");
  });
  function show(mark) {
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    var box = mark.getClientRects()[0], size = tip.getBoundingClientRect();
    var left = Math.min(Math.max(8, box.left), window.innerWidth - size.width - 8);
    var above = box.top - size.height - 8;
    tip.style.left = left + "px";
    tip.style.top = (above > 8 ? above : box.bottom + 8) + "px";
  }
  function hide() { tip.hidden = true; }
  document.addEventListener("mouseover", function (event) {
    var mark = event.target.closest && event.target.closest("[data-tip]");
    if (mark) { show(mark); } else { hide(); }
  });
  document.addEventListener("click", function (event) {
    var mark = event.target.closest && event.target.closest("[data-tip]");
    if (mark) { show(mark); } else { hide(); }
  });
  document.addEventListener("scroll", hide, true);
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    if (target) { target.scrollIntoView({block: "center"}); }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
