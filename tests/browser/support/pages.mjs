// Every page in every state that looks different.

export const seed = 'boshan-hrss-2015'

/** The mission's question. */
export const question = 'who is liable for leaking 社保 data'

const q = (/** @type {string} */ text) => encodeURIComponent(text)

/** Name and address. @type {[string, string][]} */
export const pages = [
  ['home', '/'],
  ['answer', `/?q=${q(question)}`],
  ['results', `/?q=${q('社会保险')}`],
  ['filtered', `/?q=${q('社会保险')}&kind=provision&without=${q('社会保障')}`],
  ['second page', `/?q=${q('社会保险')}&offset=10`],
  ['nothing', `/?q=${q('"专利侵权赔偿" -数额')}&kind=item`],
  ['corrected', `/?q=${q('缴费帐户')}`],
  ['list', `/d/${seed}`],
  ['duty', `/d/${seed}/duty/4?q=${q('泄露信息')}`],
  ['compared', '/d/changed-2022/duty/1'],
  ['rows', '/d/rows-2023'],
  ['row', `/d/rows-2023/row/1?q=${q('回收容器')}`],
  ['row hits', `/?q=${q('违反法定程序')}`],
  ['changed', `/d/${seed}/duty/4?v=00000000-item-1`],
  ['statute', `/s/${q('垃圾分类条例')}`],
  ['article', `/s/${q('垃圾分类条例')}/article/3`],
  ['older article', `/s/${q('垃圾分类条例')}@2015-03-01/article/3`],
  ['audit', `/audit/${seed}`],
  ['difference', `/diff?a=${seed}&b=changed-2022`],
  ['choice of lists', '/diff'],
  ['citations', '/cite'],
  ['about', '/about'],
  ['docs', '/docs'],
  ['not found', '/nothing'],
  ['english', `/?q=${q(question)}&lang=en`],
  ['audit in english', '/audit/changed-2022?lang=en'],
  ['difference in english', `/diff?a=${seed}&b=changed-2022&lang=en`],
  ['hostile', '/d/hostile-list'],
]

/** A text with citations that lead somewhere and some that do not. */
export const pasted =
  '依据《垃圾分类条例》第三条、第四条，对未设置回收容器的，处一千元罚款；并参照《没有收录的办法》第八条和垃圾分类条例第九十九条。\n' +
  '《中华人民共和国社会保险法》（2010年10月通过）第九十二条。<script>alert(1)</script> "引号" \u202e反向 😀'
