// What the element says of its own, in Chinese and in English. What documents say stays as printed.

/** @typedef {'offline' | 'timeout' | 'busy' | 'refused' | 'broken'} Reason why an endpoint gave no answer */

const chinese = {
  tag: 'zh-CN',
  label: '检索责任清单与法规',
  placeholder: '关键词、法条（社保法92条）或问题',
  button: '检索',
  suggestions: '建议',
  results: '检索结果',
  searching: '正在检索……',
  counted: (/** @type {number} */ total) => `${total} 条结果`,
  suggested: (/** @type {number} */ count) => `${count} 条建议，用上下键选择`,
  nothing: '没有找到。可减少或更换词语。',
  weak: '没有条目充分符合所问，下列条目仅部分相符：',
  all: (/** @type {number} */ total) => `查看全部 ${total} 条结果`,
  meant: '或许想查：',
  duties: (/** @type {number} */ count) => `适用于 ${count} 项职责`,
  same: (/** @type {number} */ count) => `另有 ${count} 处文字相同`,
  failed: {
    offline: '连接不上检索服务，请检查网络后重试。',
    timeout: '检索服务没有及时应答，请稍后重试。',
    busy: '请求过多，请稍候片刻再试。',
    refused: '检索服务不接受这一检索，请换一种写法。',
    broken: '检索服务出错，请稍后重试。',
  },
  kinds: {
    part: '部分', duty: '主要职责', item: '责任事项', citation: '引用法规', provision: '追责依据', circumstance: '追责情形',
    other: '其他情形', note: '注', boundary: '职责边界', supervision: '监管制度', service: '公共服务',
    accountability: '责任追究', row: '事项', article: '法条', statute: '法规', term: '词语',
  },
}

/** @typedef {typeof chinese} Words */

/** @type {Words} */
const english = {
  tag: 'en',
  label: 'Search responsibility lists and statutes',
  placeholder: 'Words, a citation (社保法92条) or a question',
  button: 'Search',
  suggestions: 'Suggestions',
  results: 'Results',
  searching: 'Searching…',
  counted: (total) => `Results: ${total}`,
  suggested: (count) => `Suggestions: ${count}; choose with the arrow keys`,
  nothing: 'Nothing found. Try fewer or other words.',
  weak: 'Nothing answers this well enough; these meet only a part of it:',
  all: (total) => `See all results (${total})`,
  meant: 'Did you mean: ',
  duties: (count) => `Applies to ${count} duties`,
  same: (count) => `${count} more with the same words`,
  failed: {
    offline: 'The search service cannot be reached. Check the network and try again.',
    timeout: 'The search service did not answer in time. Try again later.',
    busy: 'Too many requests. Wait a moment and try again.',
    refused: 'The search service does not accept this query. Put it another way.',
    broken: 'The search service failed. Try again later.',
  },
  kinds: {
    part: 'Part', duty: 'Duty', item: 'Item', citation: 'Statute cited', provision: 'Ground of liability',
    circumstance: 'Circumstance', other: 'Other', note: 'Note', boundary: 'Boundary', supervision: 'Supervision',
    service: 'Service', accountability: 'Accountability', row: 'Row', article: 'Article', statute: 'Statute', term: 'Term',
  },
}

/**
 * The words of a language; Chinese unless it is another one.
 * @param {string} language as in a `lang` attribute
 * @returns {Words}
 */
export function wordsOf(language) {
  return language === '' || /^zh\b/i.test(language) ? chinese : english
}
